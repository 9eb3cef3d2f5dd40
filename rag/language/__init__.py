"""What the steps know of English: where its sentences end, how it writes dates, names and amounts."""
