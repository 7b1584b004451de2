/** From the topic to the archive: every event once, every unreadable record with its reason. */
@NullMarked
package io.freshet.batch.archive;

import org.jspecify.annotations.NullMarked;
