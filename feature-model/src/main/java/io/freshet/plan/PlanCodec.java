package io.freshet.plan;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Plans as JSON, which is how they reach the engines. */
public final class PlanCodec {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private PlanCodec() {}

  /** UTF-8 JSON of a plan record of this package or of a record made of such. */
  public static byte[] encode(Object plan) {
    return JSON.writeValueAsBytes(plan);
  }

  public static String encodeToString(Object plan) {
    return new String(encode(plan), StandardCharsets.UTF_8);
  }

  /**
   * Reads a plan.
   *
   * @throws tools.jackson.core.JacksonException if the bytes are no such plan
   */
  public static <T> T decode(byte[] json, Class<T> type) {
    return JSON.readValue(json, type);
  }
}
