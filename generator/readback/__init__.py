"""Documents back into what a reader sees. Shares nothing with compose or render: it is their witness."""
