package io.freshet.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The definitions that the demonstration registers, for a project of any name. */
final class DemoDocuments {
  /** The project's name in the files. */
  private static final String NAME = "flights";

  private DemoDocuments() {}

  static String source(String project) {
    return read("flights-source.yaml")
        .replace("name: " + NAME + "\n", "name: " + project + "\n")
        .replace("project: " + NAME + ",", "project: " + project + ",");
  }

  static String views(String project) {
    return read("flights-views.yaml")
        .replace("project: " + NAME + ",", "project: " + project + ",")
        .replace("project: " + NAME + "}", "project: " + project + "}");
  }

  private static String read(String file) {
    try (InputStream in =
        Objects.requireNonNull(DemoDocuments.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
