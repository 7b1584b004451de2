package io.freshet.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the platform. */
public final class Answer {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpResponse<String> response;

  Answer(HttpResponse<String> response) {
    this.response = response;
  }

  public int status() {
    return response.statusCode();
  }

  public String body() {
    return response.body();
  }

  /** A header's value, or the empty text. */
  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  public JsonNode json() {
    return JSON.readTree(response.body());
  }

  /** The JSON at a pointer. */
  public JsonNode at(String pointer) {
    return json().at(pointer);
  }

  public Answer expect(int status) {
    assertThat(status()).as("status of the answer %s", body()).isEqualTo(status);
    return this;
  }

  /** Checks that it is a problem of the status and carries nothing internal. */
  public Answer expectProblem(int status) {
    expect(status);
    assertThat(header("Content-Type")).startsWith("application/problem+json");
    assertThat(at("/status").asInt()).isEqualTo(status);
    assertThat(at("/type").asString()).isNotEmpty();
    assertThat(at("/detail").asString()).isNotEmpty();
    assertThat(body()).doesNotContain("Exception").doesNotContain("\\tat ");
    return this;
  }

  /** The paths of a problem's violations. */
  public List<String> violationPaths() {
    List<String> paths = new ArrayList<>();
    at("/violations").forEach(violation -> paths.add(violation.path("path").asString()));
    return paths;
  }
}
