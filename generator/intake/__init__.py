"""Files of others into what a department's folder says: exports of the finance system into trees."""
