package io.freshet.platform.events;

import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Takes the body of a push apart into events, whose bytes stay as they are. */
final class PushedEvents {
  private static final JsonFactory JSON = new JsonFactory();

  private PushedEvents() {}

  /**
   * The members of a JSON array, whatever they are.
   *
   * @throws RequestRefusedException if the body is not one JSON array in UTF-8
   */
  static List<byte[]> ofArray(byte[] body) {
    List<byte[]> events = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw unreadable("it is not a JSON array; send one, or lines as application/x-ndjson");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        parser.finishToken();
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        events.add(Arrays.copyOfRange(body, start, end));
      }
      if (parser.nextToken() != null) {
        throw unreadable("there is more after the array; send one array");
      }
      return events;
    } catch (JacksonException e) {
      throw unreadable(
          "line %d, column %d: %s"
              .formatted(
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    }
  }

  /** The lines that are not blank. */
  static List<byte[]> ofLines(byte[] body) {
    List<byte[]> events = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        int end = i > start && body[i - 1] == '\r' ? i - 1 : i;
        if (!isBlank(body, start, end)) {
          events.add(Arrays.copyOfRange(body, start, end));
        }
        start = i + 1;
      }
    }
    return events;
  }

  private static boolean isBlank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private static RequestRefusedException unreadable(String reason) {
    return new RequestRefusedException(Refusal.UNREADABLE, "Cannot read the events: " + reason);
  }
}
