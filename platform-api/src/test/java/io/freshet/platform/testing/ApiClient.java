package io.freshet.platform.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Talks HTTP to a platform. */
public final class ApiClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI root;

  ApiClient(URI root) {
    this.root = root;
  }

  public URI root() {
    return root;
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  /**
   * @param headers names and values in turn
   */
  public Answer putYaml(String path, String body, String... headers) {
    return send("PUT", path, "application/yaml", body, headers);
  }

  public Answer postJson(String path, String body) {
    return send("POST", path, "application/json", body);
  }

  public Answer delete(String path, String... headers) {
    HttpRequest.Builder request = request(path).DELETE();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public Answer send(
      String method, String path, String contentType, String body, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", contentType);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
