package io.freshet.local.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An address answers with JSON that says that the service is ready. */
final class HttpHealth implements HealthCheck {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Supplier<String> address;
  private final Predicate<JsonNode> ready;

  HttpHealth(Supplier<String> address, Predicate<JsonNode> ready) {
    this.address = address;
    this.ready = ready;
  }

  @Override
  public void ask() throws IOException, InterruptedException {
    URI asked = URI.create(address.get());
    HttpRequest request = HttpRequest.newBuilder(asked).timeout(Duration.ofSeconds(2)).build();
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200 || !ready.test(JSON.readTree(response.body()))) {
      throw new IOException(
          asked + " answers " + response.statusCode() + " " + brief(response.body()));
    }
  }

  private static String brief(String body) {
    return body.length() <= 300 ? body : body.substring(0, 300) + "…";
  }
}
