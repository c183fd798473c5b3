"""Training of the networks of the deblur SDK: data, models, training, evaluation, export."""
