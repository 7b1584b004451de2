/** Topics of Kafka as runs find, make and measure them. */
@NullMarked
package io.freshet.batch.topic;

import org.jspecify.annotations.NullMarked;
