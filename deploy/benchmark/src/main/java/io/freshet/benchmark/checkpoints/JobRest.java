package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a contender's process says of its only job by Flink's REST interface. */
final class JobRest {
  private static final Duration CHECKPOINT_DEADLINE = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();
  private final String jobs;

  JobRest(int port) {
    this.jobs = "http://127.0.0.1:" + port + "/jobs";
  }

  /** Takes a checkpoint now, and returns once it is complete. */
  TakenCheckpoint checkpoint(CheckpointKind kind) throws IOException, InterruptedException {
    String checkpoints =
        jobs + "/" + read(jobs).get("jobs").get(0).get("id").asString() + "/checkpoints";
    String request = "{\"checkpointType\":\"" + kind + "\"}";
    String trigger =
        send(HttpRequest.newBuilder(URI.create(checkpoints)).POST(BodyPublishers.ofString(request)))
            .get("request-id")
            .asString();
    Deadline deadline = Deadline.after(CHECKPOINT_DEADLINE);
    JsonNode status = read(checkpoints + "/" + trigger);
    while (!status.get("status").get("id").asString().equals("COMPLETED")) {
      if (deadline.hasPassed()) {
        throw new IOException("The checkpoint is not complete after " + CHECKPOINT_DEADLINE);
      }
      deadline.pause();
      status = read(checkpoints + "/" + trigger);
    }
    if (!status.get("operation").has("checkpointId")) {
      throw new IOException("The checkpoint failed: " + status);
    }
    long id = status.get("operation").get("checkpointId").asLong();
    JsonNode details = read(checkpoints + "/details/" + id);
    return new TakenCheckpoint(
        details.get("end_to_end_duration").asLong(),
        details.get("checkpointed_size").asLong(),
        details.get("state_size").asLong(),
        details.get("external_path").asString());
  }

  private JsonNode read(String address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(address)));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return json.readTree(answer.body());
  }
}
