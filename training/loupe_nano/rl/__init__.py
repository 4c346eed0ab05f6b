"""Stage C: looking closer, found by reinforcement learning on outcomes alone (DeepEyes, arXiv 2505.14362, at nano size).

- **prompt**: a picture and a question. **trajectory**: all that was written about it, crops among it. **rollout**: one of the
  several trajectories that the policy writes for a prompt. **group**: the rollouts of one prompt.
- **hit**: a trajectory whose crops show the tags of all the question's targets.
- **level**: how many objects the scenes of the curriculum have.
"""
