package io.freshet.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private final ApiClient client = Platform.shared().platform().client();

  @Test
  void anUnknownAddressIsAProblem() {
    client.get("/api/v1/nothing").expectProblem(404);
    client.get("/nothing").expectProblem(404);
    client.get("/api/v1/projects/x/things/y").expectProblem(404);
    client.get("/error").expectProblem(404);
  }

  @Test
  void aWrongMethodOrMediaTypeIsAProblem() {
    client.delete("/api/v1/apply").expectProblem(405);
    client.send("POST", "/api/v1/apply", "text/csv", "a,b").expectProblem(415);
  }

  @Test
  void anUnreadableBodyIsAProblemThatSaysWhere() {
    Answer broken =
        client.postJson("/api/v1/projects/x/lookup", "{\"service\": ").expectProblem(400);
    assertThat(broken.at("/violations/0/message").asString()).startsWith("line 1, column ");

    Answer member =
        client.postJson("/api/v1/projects/x/lookup", "{\"servise\": \"a\"}").expectProblem(400);
    assertThat(member.violationPaths()).containsExactly("servise");
    assertThat(member.at("/violations/0/message").asString())
        .startsWith("unknown member servise, known are");

    Answer coerced =
        client
            .postJson("/api/v1/projects/x/lookup", "{\"features\": [\"a\", 7], \"entities\": []}")
            .expectProblem(400);
    assertThat(coerced.violationPaths()).containsExactly("features[1]");

    client.postJson("/api/v1/projects/x/lookup", "").expectProblem(400);
    client
        .postJson("/api/v1/projects/x/lookup", "{\"service\": \"a\", \"service\": \"b\"}")
        .expectProblem(400);
    client.send("POST", "/api/v1/apply", "application/yaml", "a: [").expectProblem(422);
  }

  @Test
  void aRequestThatTheServerItselfRefusesIsAProblem() throws IOException {
    String answer = raw("GET /api/v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .containsIgnoringCase("Content-Type: application/problem+json")
        .doesNotContain("<html");
  }

  @Test
  void theApiIsDescribed() {
    Answer described = client.get("/v3/api-docs").expect(200);

    assertThat(described.at("/paths").propertyNames())
        .contains(
            "/api/v1/projects/{project}/lookup",
            "/api/v1/projects/{project}/sources/{source}/events",
            "/api/v1/apply",
            "/api/v1/projects/{project}/routes");
    assertThat(client.get("/swagger-ui/index.html").expect(200).body()).contains("swagger-ui");
    client.get("/swagger-ui.html").expect(302);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.root().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
