package io.freshet.examples.lateflights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Freshet's control plane, by REST. */
record ControlPlane(String url) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int ERRORS_FROM = 400;

  void apply(String yaml) throws IOException, InterruptedException {
    post("/api/v1/apply", "application/yaml", yaml);
  }

  /** Returns when it is made. */
  void makeTrainingSet(Path spine, Path output) throws IOException, InterruptedException {
    Map<String, Object> request =
        Map.of(
            "spine",
            Map.of("path", spine.toString(), "format", "parquet", "labelTime", "due_at"),
            "service",
            "lateness",
            "mode",
            "exact",
            "output",
            Map.of("path", output.toString(), "format", "parquet"));
    JsonNode operation =
        post(
            "/api/v1/projects/late_flights/training-sets",
            "application/json",
            JSON.writeValueAsString(request));
    String id = operation.get("id").asText();
    while (operation.get("state").asText().equals("RUNNING")) {
      Thread.sleep(PAUSE.toMillis());
      operation =
          send(HttpRequest.newBuilder(URI.create(url + "/api/v1/operations/" + id)).build());
    }
    if (!operation.get("state").asText().equals("SUCCEEDED")) {
      throw new IOException("Cannot make the training set: " + operation);
    }
    System.out.println("Training set: " + operation.get("result"));
  }

  private JsonNode post(String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= ERRORS_FROM) {
      throw new IOException("%s says %s".formatted(request.uri(), answer.body()));
    }
    return JSON.readTree(answer.body());
  }
}
