"""Who may watch: ages and certificates, and what is refused of them."""
