package io.freshet.streaming;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the control plane does by a cluster's REST interface. */
public final class ClusterRest {
  private static final String BOUNDARY = "freshet-boundary";

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();
  private final String address;

  public ClusterRest(String address) {
    this.address = address;
  }

  /** Uploads a jar; returns its id. */
  public String upload(Path jar) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"job.jar\""
            + "\r\nContent-Type: application/x-java-archive\r\n\r\n";
    body.write(head.getBytes(StandardCharsets.UTF_8));
    body.write(Files.readAllBytes(jar));
    body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    JsonNode answer =
        send(
            HttpRequest.newBuilder(URI.create(address + "/jars/upload"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    String stored = answer.get("filename").asString();
    return stored.substring(stored.lastIndexOf('/') + 1);
  }

  void run(String jar, String jobId, String plan) throws Exception {
    post(
        "/jars/" + jar + "/run",
        Map.of("jobId", jobId, "programArgsList", List.of(plan), "parallelism", 1));
  }

  public JsonNode post(String path, Map<String, ?> body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(address + path))
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
  }

  public void cancel(String jobId) throws Exception {
    send(
        HttpRequest.newBuilder(URI.create(address + "/jobs/" + jobId + "?mode=cancel"))
            .method("PATCH", BodyPublishers.noBody()));
  }

  public JsonNode find(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(address + path)));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return json.readTree(answer.body());
  }
}
