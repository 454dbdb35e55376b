"""The circle: who is around the person, whether peers are approached too, and who may exploit them."""
