package io.freshet.aggregate;

import java.nio.charset.StandardCharsets;

/** A string as its UTF-8 bytes. */
enum TextForm implements ObjectForm {
  UTF_8;

  @Override
  public byte[] encode(Object kept) {
    return ((String) kept).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Object decode(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
