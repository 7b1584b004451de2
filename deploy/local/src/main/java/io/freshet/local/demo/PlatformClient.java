package io.freshet.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The platform's REST interface, as any client would use it. */
final class PlatformClient {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String JSON_TYPE = "application/json";
  private static final String YAML_TYPE = "application/yaml";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String address;

  /**
   * @param address of the control plane, as {@code http://host:port}
   */
  PlatformClient(String address) {
    this.address = address;
  }

  /** Registers a text of YAML documents: all of them or none. */
  void apply(String documents) {
    post("/api/v1/apply", YAML_TYPE, documents);
  }

  List<String> projects() {
    return names("/api/v1/projects");
  }

  /** Deletes a project and all that is in it. */
  void delete(String project) {
    for (String kind : List.of("services", "views", "sources", "entities")) {
      String folder = "/api/v1/projects/" + project + "/" + kind;
      for (String name : names(folder)) {
        send(request(folder + "/" + name).DELETE());
      }
    }
    send(request("/api/v1/projects/" + project).DELETE());
  }

  /** Pushes departures and returns once the broker has all of them. */
  void push(String project, List<Departure> departures) {
    String events =
        departures.stream().map(Departure::toJson).collect(Collectors.joining(",", "[", "]"));
    post("/api/v1/projects/" + project + "/sources/departures/events", JSON_TYPE, events);
  }

  /** The routes of a project's views, as {@code {view, tier, engine, reasons}}. */
  List<JsonNode> routes(String project) {
    return send(request("/api/v1/projects/" + project + "/routes").GET())
        .path("routes")
        .valueStream()
        .toList();
  }

  /** The status of the source, for people. */
  JsonNode status(String project) {
    return send(request("/api/v1/projects/" + project + "/sources/departures/status").GET());
  }

  LookupAnswer lookup(String project, List<String> features, List<EntityKey> keys) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode names = body.putArray("features");
    features.forEach(names::add);
    return lookup(project, body, keys);
  }

  LookupAnswer lookupService(String project, String service, List<EntityKey> keys) {
    return lookup(project, JSON.createObjectNode().put("service", service), keys);
  }

  /** Starts a run of a tier and returns the operation's identifier. */
  String materialize(String project, String tier) {
    JsonNode body = JSON.valueToTree(Map.of("source", "departures", "tier", tier));
    JsonNode answer =
        post("/api/v1/projects/" + project + "/materializations", JSON_TYPE, body.toString());
    return answer.path("id").asString();
  }

  /** An operation, with its {@code state}. */
  JsonNode operation(String id) {
    return send(request("/api/v1/operations/" + id).GET());
  }

  private LookupAnswer lookup(String project, ObjectNode body, List<EntityKey> keys) {
    ArrayNode entities = body.putArray("entities");
    for (EntityKey key : keys) {
      ObjectNode entity = entities.addObject().put("origin", key.origin());
      if (key.destination() != null) {
        entity.put("destination", key.destination());
      }
    }
    return new LookupAnswer(
        post("/api/v1/projects/" + project + "/lookup", JSON_TYPE, body.toString()));
  }

  private List<String> names(String folder) {
    return send(request(folder).GET())
        .path("items")
        .valueStream()
        .map(item -> item.path("name").asString())
        .toList();
  }

  private JsonNode post(String path, String type, String body) {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60));
  }

  private JsonNode send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new DemoFailedException(
            "%s %s was answered with %d: %s"
                .formatted(
                    request.method(), request.uri(), response.statusCode(), response.body()));
      }
      String body = response.body();
      return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException e) {
      throw new DemoFailedException(
          "%s %s failed: %s".formatted(request.method(), request.uri(), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailedException("the demonstration was interrupted at " + Instant.now(), e);
    }
  }
}
