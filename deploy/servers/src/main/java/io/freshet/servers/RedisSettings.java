package io.freshet.servers;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a Redis server listens and keeps its data.
 *
 * @param port on 127.0.0.1
 * @param dataDirectory kept over restarts; at most a second of writes is lost if it is killed
 */
public record RedisSettings(int port, Path dataDirectory) {
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** The command line of the server's process, given the server's executable. */
  public List<String> command(Path executable) {
    return List.of(
        executable.toString(),
        "--port",
        Integer.toString(port),
        "--bind",
        "127.0.0.1",
        "--protected-mode",
        "yes",
        "--dir",
        dataDirectory.toAbsolutePath().toString(),
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--save",
        "",
        "--hash-max-ziplist-value",
        "128",
        "--daemonize",
        "no");
  }
}
