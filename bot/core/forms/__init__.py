"""A stage of a flow as a form for paper or another programme: values alone, in no language yet."""
