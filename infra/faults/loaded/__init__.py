"""What stands in the process under test. Nothing in here imports the product or anything else of `infra`."""
