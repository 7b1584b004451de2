package io.freshet.platform.reconcile.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.error.ErrorCategory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests and answers of the cluster's REST endpoint: JSON both ways. Thread-safe. */
final class FlinkHttp {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int NOT_FOUND = 404;
  private static final int FIRST_ERROR = 400;

  /** While the cluster starts. */
  private static final int NOT_READY = 503;

  private static final int LONGEST_PROBLEM = 600;

  /** For questions; what is sent may take longer, for it starts things. */
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);

  private final URI address;
  private final Duration timeout;
  private final HttpClient client;

  FlinkHttp(URI address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** The answer, or empty for what the cluster does not know. */
  Optional<JsonNode> find(String path) {
    HttpResponse<String> response = send(question(path));
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    return Optional.of(answer(path, response));
  }

  JsonNode read(String path) {
    return answer(path, send(question(path)));
  }

  JsonNode post(String path, Object body) {
    return send("POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body), UTF_8));
  }

  JsonNode patch(String path) {
    return send("PATCH", path, BodyPublishers.noBody());
  }

  /** Sends a file as the one part of a form. */
  JsonNode upload(String path, String fileName, Path file) {
    String boundary = UUID.randomUUID().toString();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\nContent-Type: application/x-java-archive\r\n\r\n"
            .formatted(boundary, fileName);
    HttpRequest request =
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    contentOf(file),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
            .build();
    return answer(path, send(request));
  }

  private static BodyPublisher contentOf(Path file) {
    try {
      return BodyPublishers.ofFile(file);
    } catch (IOException absent) {
      throw new UncheckedIOException(
          "Cannot upload " + file + ": it is not there, build the streaming job first", absent);
    }
  }

  private JsonNode send(String method, String path, BodyPublisher body) {
    HttpRequest request =
        request(path).header("Content-Type", "application/json").method(method, body).build();
    return answer(path, send(request));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(timeout);
  }

  private HttpRequest question(String path) {
    Duration patience = timeout.compareTo(ANSWER_PATIENCE) < 0 ? timeout : ANSWER_PATIENCE;
    return request(path).timeout(patience).GET().build();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString(UTF_8));
    } catch (IOException failure) {
      throw unreachable(failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw unreachable(interruption);
    }
  }

  private FlinkException unreachable(Exception cause) {
    return new FlinkException(
        ErrorCategory.UNAVAILABLE,
        "Cannot reach the Flink cluster at "
            + address
            + ": "
            + (cause.getMessage() == null ? "no connection" : cause.getMessage())
            + "; start it, or set freshet.flink.rest-url",
        cause);
  }

  private JsonNode answer(String path, HttpResponse<String> response) {
    if (response.statusCode() >= FIRST_ERROR) {
      ErrorCategory category =
          response.statusCode() == NOT_READY ? ErrorCategory.UNAVAILABLE : ErrorCategory.INTERNAL;
      throw refused(category, path, response.statusCode() + " " + response.body(), null);
    }
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException noJson) {
      throw refused(ErrorCategory.INTERNAL, path, "an answer that is not JSON", noJson);
    }
  }

  private FlinkException refused(
      ErrorCategory category, String path, String answer, @Nullable Throwable cause) {
    String shown =
        answer.length() <= LONGEST_PROBLEM ? answer : answer.substring(0, LONGEST_PROBLEM) + "…";
    return new FlinkException(
        category,
        "Cannot do "
            + path
            + ": the Flink cluster at "
            + address
            + " answered "
            + shown
            + "; see its log",
        cause);
  }
}
