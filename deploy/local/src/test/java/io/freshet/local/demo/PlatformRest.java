package io.freshet.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the demonstration's client has no use for. Every answer but one of 2xx is an exception. */
final class PlatformRest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String address;

  /**
   * @param address of the control plane, as {@code http://host:port}
   */
  PlatformRest(String address) {
    this.address = address;
  }

  JsonNode find(String path) throws IOException, InterruptedException {
    return JSON.readTree(text(path));
  }

  String text(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  JsonNode put(String path, String yaml) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path).header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(yaml));
    return JSON.readTree(send(request));
  }

  /** Returns the answer's body as it is. */
  String post(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** The whole answer to a lookup of a view's features for airports. */
  JsonNode lookup(String project, String view, List<EntityKey> airports)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("features").add(view);
    ArrayNode entities = body.putArray("entities");
    airports.forEach(airport -> entities.addObject().put("origin", airport.origin()));
    return JSON.readTree(post("/api/v1/projects/" + project + "/lookup", body.toString()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
  }

  private String send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s %s was answered with %d: %s"
              .formatted(request.method(), request.uri(), response.statusCode(), response.body()));
    }
    return response.body();
  }
}
