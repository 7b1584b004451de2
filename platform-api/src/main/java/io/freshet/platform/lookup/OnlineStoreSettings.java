package io.freshet.platform.lookup;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The online store, under {@code freshet.online-store}.
 *
 * @param uri {@code redis://host:port}, {@code redis-cluster://host:port,...} or {@code
 *     redis-sentinel://host:port,...#master}
 */
public record OnlineStoreSettings(
    @NotNull
        @Pattern(regexp = "rediss?(-cluster|-sentinel)?://.+")
        @DefaultValue("redis://127.0.0.1:16379")
        String uri) {}
