package io.freshet.local.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a port of 127.0.0.1 is free, and if not, who listens there as far as Linux tells. */
final class PortHolder {
  private static final Path PROCESSES = Path.of("/proc");
  private static final int LOCAL_ADDRESS = 1;
  private static final int CONNECTION_STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENING = "0A";

  private PortHolder() {}

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The process that listens on a port, as {@code process 4711 (java …)}. */
  static Optional<String> of(int port) {
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> listeningInode(PROCESSES.resolve("net").resolve(table), port).stream())
        .flatMap(inode -> processWith("socket:[" + inode + "]").stream())
        .findFirst()
        .map(PortHolder::describe);
  }

  private static Optional<String> listeningInode(Path table, int port) {
    String suffix = ":%04X".formatted(port);
    return lines(table).stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns.length > INODE)
        .filter(columns -> columns[LOCAL_ADDRESS].endsWith(suffix))
        .filter(columns -> columns[CONNECTION_STATE].equals(LISTENING))
        .map(columns -> columns[INODE])
        .findFirst();
  }

  private static Optional<ProcessHandle> processWith(String socket) {
    return ProcessHandle.allProcesses().filter(process -> holds(process, socket)).findFirst();
  }

  private static boolean holds(ProcessHandle process, String socket) {
    Path open = PROCESSES.resolve(Long.toString(process.pid())).resolve("fd");
    try (Stream<Path> files = Files.list(open)) {
      return files.anyMatch(file -> target(file).equals(socket));
    } catch (IOException e) {
      // Another user's process, or one that just ended.
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String describe(ProcessHandle process) {
    String command = process.info().commandLine().or(() -> process.info().command()).orElse("?");
    String brief = command.length() <= 80 ? command : command.substring(0, 80) + "…";
    return "process " + process.pid() + " (" + brief + ")";
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
