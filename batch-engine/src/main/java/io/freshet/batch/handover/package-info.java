/**
 * From the archive to lanes that bootstrap: the tiles of the events before a lane's cut, through
 * the source's hand-over topic.
 */
@NullMarked
package io.freshet.batch.handover;

import org.jspecify.annotations.NullMarked;
