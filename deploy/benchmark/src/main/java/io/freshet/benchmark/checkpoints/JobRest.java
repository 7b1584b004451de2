package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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
    JsonNode triggered = completed(checkpoints + "/" + trigger, "/status/id");
    if (!triggered.at("/operation/checkpointId").isNumber()) {
      throw new IOException("The checkpoint failed: " + triggered);
    }
    long id = triggered.at("/operation/checkpointId").asLong();
    JsonNode details = completed(checkpoints + "/details/" + id, "/status");
    return new TakenCheckpoint(
        details.get("end_to_end_duration").asLong(),
        details.get("checkpointed_size").asLong(),
        details.get("state_size").asLong(),
        details.get("external_path").asString());
  }

  /** What an address says once it says that it is about something that is complete. */
  private JsonNode completed(String address, String status)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.after(CHECKPOINT_DEADLINE);
    JsonNode said = answer(HttpRequest.newBuilder(URI.create(address)));
    while (!said.at(status).asString("").equals("COMPLETED")) {
      if (deadline.hasPassed()) {
        throw new IOException("Not complete after " + CHECKPOINT_DEADLINE + ": " + said);
      }
      deadline.pause();
      said = answer(HttpRequest.newBuilder(URI.create(address)));
    }
    return said;
  }

  private JsonNode read(String address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(address)));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    JsonNode said = answer(request);
    if (said.has("errors")) {
      throw new IOException(said.toString());
    }
    return said;
  }

  /** An answer; of what is not known yet it says what is wrong. */
  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    return json.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
  }
}
