"""The types in the middle: what readers make, what `infer` concludes, what writers take."""
