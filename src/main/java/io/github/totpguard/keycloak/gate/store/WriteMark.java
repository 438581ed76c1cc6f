package io.github.totpguard.keycloak.gate.store;

import org.hibernate.engine.spi.ActionQueue;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostCollectionRecreateEvent;
import org.hibernate.event.spi.PostCollectionRecreateEventListener;
import org.hibernate.event.spi.PostCollectionRemoveEvent;
import org.hibernate.event.spi.PostCollectionRemoveEventListener;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Detects whether a Hibernate session has sent a change to the database in its current transaction. Hibernate forgets a
 * change after the flush. Each flushed change therefore registers a callback for the end of the transaction, which
 * serves only as a mark. Bulk updates in HQL and SQL register one of Hibernate's own ({@code
 * BulkOperationCleanupAction}). Hibernate drops the callbacks when the transaction ends. A request that only reads
 * never gets here.
 */
final class WriteMark
        implements PostInsertEventListener,
                PostUpdateEventListener,
                PostDeleteEventListener,
                PostCollectionRecreateEventListener,
                PostCollectionRemoveEventListener,
                PostCollectionUpdateEventListener {
    private static final AfterCompletionCallback MARK = (committed, session) -> {};

    private WriteMark() {}

    /** Registers the listeners. Call this once per server, before the first request. */
    static void watch(KeycloakSession session) {
        EventListenerRegistry listeners = session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .getEntityManagerFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getServiceRegistry()
                .requireService(EventListenerRegistry.class);
        WriteMark mark = new WriteMark();
        listeners.appendListeners(EventType.POST_INSERT, mark);
        listeners.appendListeners(EventType.POST_UPDATE, mark);
        listeners.appendListeners(EventType.POST_DELETE, mark);
        listeners.appendListeners(EventType.POST_COLLECTION_RECREATE, mark);
        listeners.appendListeners(EventType.POST_COLLECTION_REMOVE, mark);
        listeners.appendListeners(EventType.POST_COLLECTION_UPDATE, mark);
    }

    static boolean isSetIn(SessionImplementor session) {
        return session.getActionQueue().hasAfterTransactionActions();
    }

    /** A stateless session has no action queue, and is never the session of a request. */
    private static void set(SharedSessionContractImplementor session) {
        if (session != null && session.isEventSource()) {
            ActionQueue queue = session.asEventSource().getActionQueue();
            if (!queue.hasAfterTransactionActions()) {
                queue.registerCallback(MARK);
            }
        }
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        set(event.getSession());
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        set(event.getSession());
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        set(event.getSession());
    }

    @Override
    public void onPostRecreateCollection(PostCollectionRecreateEvent event) {
        set(event.getSession());
    }

    @Override
    public void onPostRemoveCollection(PostCollectionRemoveEvent event) {
        set(event.getSession());
    }

    @Override
    public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
        set(event.getSession());
    }

    /** The mark is needed only before the commit. */
    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
