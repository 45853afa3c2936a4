"""The alarms of our own template, evaluated over metrics: which failure would ring, and after how long."""
