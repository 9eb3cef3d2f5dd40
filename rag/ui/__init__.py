"""The web app's pages. A page is `render(news)`: it reads widgets, calls the corpus, and draws what it got."""
