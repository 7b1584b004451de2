package io.freshet.local.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints what is appended to a log. */
final class LogTail implements AutoCloseable {
  private final FileChannel file;
  private final PrintStream out;

  LogTail(Path log, PrintStream out) throws IOException {
    this.file = FileChannel.open(log);
    this.out = out;
  }

  /** Passes over what is there already. */
  static LogTail fromEnd(Path log, PrintStream out) throws IOException {
    LogTail tail = new LogTail(log, out);
    tail.file.position(Files.size(log));
    return tail;
  }

  void printNew() throws IOException {
    byte[] appended = Channels.newInputStream(file).readAllBytes();
    if (appended.length > 0) {
      out.print(new String(appended, StandardCharsets.UTF_8));
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
