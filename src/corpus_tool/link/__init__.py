"""What belongs together across articles: near-duplicates, and twins in other languages."""
