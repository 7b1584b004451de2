/** What the local platform consists of: its folders, ports, processes and their health. */
@NullMarked
package io.freshet.local.platform;

import org.jspecify.annotations.NullMarked;
