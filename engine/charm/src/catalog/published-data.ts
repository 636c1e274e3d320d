/** Methods of relation wrappers that publish an object whose fields hold addresses, whatever the interface is. */
export const PUBLISHED_DATA = {
  methods: ["publish_data"] as readonly string[],
  citation:
    "charmarr-lib, interfaces: MediaIndexerRequirer.publish_data(MediaIndexerRequirerData(api_url=…)) and its like write the object's fields into the relation's databag",
} as const;
