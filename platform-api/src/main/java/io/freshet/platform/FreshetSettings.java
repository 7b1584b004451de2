package io.freshet.platform;

import io.freshet.platform.consistency.ConsistencySettings;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.handover.HandOverSettings;
import io.freshet.platform.lookup.LookupSettings;
import io.freshet.platform.lookup.OnlineStoreSettings;
import io.freshet.platform.overload.OverloadSettings;
import io.freshet.platform.rebuild.RebuildSettings;
import io.freshet.platform.reconcile.FlinkSettings;
import io.freshet.platform.routing.RoutingPolicy;
import io.freshet.platform.schedule.BatchSettings;
import io.freshet.platform.warehouse.WarehouseSettings;
import jakarta.validation.Valid;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Everything under {@code freshet.}: an unknown key or an invalid value fails the start. Each part
 * is declared next to the component that it belongs to.
 */
@Validated
@ConfigurationProperties(prefix = "freshet", ignoreUnknownFields = false)
public record FreshetSettings(
    @Valid @DefaultValue KafkaSettings kafka,
    @Valid @DefaultValue OnlineStoreSettings onlineStore,
    @Valid @DefaultValue LookupSettings lookup,
    @Valid @DefaultValue RoutingPolicy routing,
    @Valid @DefaultValue FlinkSettings flink,
    @Valid @DefaultValue OverloadSettings overload,
    @Valid @DefaultValue BatchSettings batch,
    @Valid @DefaultValue HandOverSettings handOver,
    @Valid @DefaultValue RebuildSettings rebuild,
    @Valid @DefaultValue ConsistencySettings consistency,
    @Valid @DefaultValue WarehouseSettings warehouse) {}
