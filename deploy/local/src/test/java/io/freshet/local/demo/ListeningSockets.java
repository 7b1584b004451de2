package io.freshet.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The local addresses that a process listens on, as Linux writes them: hexadecimal {@code
 * address:port}.
 */
final class ListeningSockets {
  private static final String LISTENING = "0A";

  private ListeningSockets() {}

  static List<String> of(ProcessHandle process) {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    Set<String> open = sockets(folder.resolve("fd"));
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> lines(folder.resolve("net").resolve(table)).stream())
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns[3].equals(LISTENING))
        .filter(columns -> open.contains("socket:[" + columns[9] + "]"))
        .map(columns -> columns[1])
        .toList();
  }

  /** 127.0.0.1, written as IPv4 or as IPv6. */
  static boolean isLoopback(String address) {
    return address.startsWith("0100007F:")
        || address.startsWith("0000000000000000FFFF00000100007F:")
        || address.startsWith("00000000000000000000000001000000:");
  }

  private static Set<String> sockets(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(ListeningSockets::target).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
