package io.freshet.platform.lookup;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The online store, under {@code freshet.online-store}.
 *
 * @param uri {@code redis://host:port}
 */
public record OnlineStoreSettings(
    @NotNull @Pattern(regexp = "rediss?://.+") @DefaultValue("redis://127.0.0.1:16379")
        String uri) {}
