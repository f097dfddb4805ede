/**
 * A CRM on this computer that behaves like HubSpot where a sync can notice it: batches, partial
 * success, normalised values, forward-only stages, limits. For the first run, for meetings (it has
 * a page), and for tests. It listens on 127.0.0.1 only and keeps its data in one directory.
 *
 * <p>Contacts are held packed in memory, so that a million of them fit; every accepted write is in
 * the journal before it is answered. Behaviour that nobody could confirm is written down at the
 * class that chose it.
 */
@NullMarked
package dev.ripen.sandbox;

import org.jspecify.annotations.NullMarked;
