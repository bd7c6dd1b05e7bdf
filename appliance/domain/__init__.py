"""Pure rules of the conversation: values and functions, standard library only."""
