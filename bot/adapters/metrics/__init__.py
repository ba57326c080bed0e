"""What a monitoring system may learn of a running bot: how the machine is, and nothing of who does what when."""
