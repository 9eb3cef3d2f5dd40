"""A question to a plan: what it asks for, from whom, of which days, and in which parts. No model is asked."""

from rag.plan.question import plan_for
from rag.plan.sources import Sources

__all__ = ["Sources", "plan_for"]
