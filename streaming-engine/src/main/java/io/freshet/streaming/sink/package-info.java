/**
 * Out of the job: rows to the online store, then the progress that is true once they are there, and
 * the records that could not be used to the dead-letter topic.
 */
@NullMarked
package io.freshet.streaming.sink;

import org.jspecify.annotations.NullMarked;
