import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** A Neo4j that serves Bolt on loopback until its input ends: FOLDER PORT PASSWORD. */
public class Neo4jUnderTest {
  public static void main(String[] args) throws Exception {
    var address = new SocketAddress("127.0.0.1", Integer.parseInt(args[1]));
    var service = new DatabaseManagementServiceBuilder(Path.of(args[0]))
        .setConfig(BoltConnector.enabled, true)
        .setConfig(BoltConnector.listen_address, address)
        .setConfig(BoltConnector.advertised_address, address)
        .setConfig(GraphDatabaseSettings.auth_enabled, true)
        .build();
    service.database("system")
        .executeTransactionally("CREATE OR REPLACE USER neo4j SET PASSWORD '" + args[2] + "' CHANGE NOT REQUIRED");
    System.out.println("ready");
    while (System.in.read() >= 0) {}
    service.shutdown();
  }
}
