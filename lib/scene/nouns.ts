/** Everything that tagged scenes are made of: what the shipped model was taught to name, and no more (training/loupe_nano/world/vocabulary.py). */
export const NOUNS: readonly string[] = (
  'dog cat bear panda frog pig fish bird penguin turtle snail octopus snake spider whale rabbit elephant apple banana cherry corn ' +
  'lemon strawberry pineapple watermelon pizza burger mushroom cake donut car bus plane rocket bicycle boat helicopter key umbrella ' +
  'bell crown guitar trumpet camera clock book pencil snowman hammer bulb gift balloon hat phone trophy anchor star heart cactus ' +
  'tree sunflower house ghost cup'
).split(' ');
