/** The commands of {@code ./freshet}. */
@NullMarked
package io.freshet.local.command;

import org.jspecify.annotations.NullMarked;
