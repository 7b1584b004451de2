package io.freshet.platform.warehouse;

import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Delta tables, under {@code freshet.warehouse}.
 *
 * @param path the root folder or URI of the tables, which every process of both engines reaches
 */
public record WarehouseSettings(@NotBlank @DefaultValue(".freshet/warehouse") String path) {
  /** The path in a form that means the same in every process of this machine. */
  public String root() {
    boolean isUri = path.contains(":/");
    return isUri ? path : Path.of(path).toAbsolutePath().normalize().toString();
  }
}
