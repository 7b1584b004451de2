package io.freshet.aggregate;

/** The binary form of what an object of a tile is. */
interface ObjectForm {
  byte[] encode(Object kept);

  Object decode(byte[] bytes);
}
